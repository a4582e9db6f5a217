using System.Text.Json;

namespace PushNet.Tests;

/// <summary>What every client does with the frames it is sent: it tells them apart and counts.</summary>
internal abstract class FrameClient
{
    /// <summary>Snapshots received.</summary>
    public int Snapshots { get; private set; }

    /// <summary>Deltas received.</summary>
    public int Deltas { get; private set; }

    /// <summary>The sum of all <c>lagged</c> frames.</summary>
    public long Dropped { get; private set; }

    public void Take(IEnumerable<JsonElement> frames)
    {
        foreach (var frame in frames)
        {
            Take(frame);
        }
    }

    public void Take(JsonElement frame)
    {
        switch (frame.Type())
        {
            case "snapshot":
                TakeSnapshot(frame);
                Snapshots++;
                break;
            case "lagged":
                Dropped += frame.GetProperty("dropped").GetInt64();
                break;
            case "new_game" or "score_change" or "status_change" or "game_final" or "game_update" or "price_change":
                TakeDelta(frame);
                Deltas++;
                break;
        }
    }

    protected abstract void TakeSnapshot(JsonElement frame);

    protected abstract void TakeDelta(JsonElement frame);
}
