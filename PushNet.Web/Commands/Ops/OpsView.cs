using System.Text.Json.Nodes;
using PushNet.Web.Operators.Commands;

namespace PushNet.Web.Commands.Ops;

/// <summary>Prints answers, one below the other or each in place of the one before.</summary>
internal sealed class OpsView(TextWriter output, bool asJson)
{
    private (JsonNode? Answer, long At)? _before;

    /// <summary>Shows an answer.</summary>
    /// <param name="json">The answer.</param>
    /// <param name="again">True when others follow.</param>
    public void Show(string json, bool again)
    {
        if (asJson)
        {
            output.WriteLine(json);
            return;
        }

        var console = AnswerText.Console(output);
        if (again && !System.Console.IsOutputRedirected)
        {
            console.Clear(home: true);
        }

        var answer = JsonNode.Parse(json);
        var now = TimeProvider.System.GetTimestamp();
        console.Write(AnswerText.Of(
            _before is var (before, at) ? AnswerRates.Add(answer, before, TimeProvider.System.GetElapsedTime(at, now)) : answer));
        output.WriteLine();
        _before = (answer, now);
    }
}
