using System.Text.Json;

namespace PushNet.Tests;

/// <summary>What every client does with the frames it is sent: it tells them apart and counts.</summary>
internal abstract class FrameClient
{
    /// <summary>Snapshots received.</summary>
    public int Snapshots { get; private set; }

    /// <summary>Deltas received that have numbers of their own.</summary>
    public int Deltas { get; private set; }

    /// <summary>The sum of all <c>lagged</c> frames, not counting asides.</summary>
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
                Assert.Equal(frame.GetProperty("dropped").GetInt64(), Counts(frame).Sum(count => count.Value.GetInt64()));
                Dropped += Counts(frame).Where(count => !IsAside(count.Name)).Sum(count => count.Value.GetInt64());
                break;
            case var type when IsAside(type):
                TakeAside(frame);
                break;
            case "new_game" or "score_change" or "status_change" or "game_final" or "game_update" or "price_change":
                TakeDelta(frame);
                Deltas++;
                break;
        }
    }

    protected abstract void TakeSnapshot(JsonElement frame);

    protected abstract void TakeDelta(JsonElement frame);

    protected abstract void TakeAside(JsonElement frame);

    private static bool IsAside(string type) => type is "markets" or "game_removed";

    private static JsonElement.ObjectEnumerator Counts(JsonElement lagged) => lagged.GetProperty("dropped_by_type").EnumerateObject();
}
