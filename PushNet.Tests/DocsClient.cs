using Jint;

namespace PushNet.Tests;

/// <summary>The JavaScript of docs/protocol.md, run as it stands there.</summary>
internal sealed class DocsClient
{
    private readonly Engine _engine = new();

    public DocsClient()
    {
        foreach (var script in DocsTests.ScriptsOf("docs/protocol.md"))
        {
            _engine.Execute(script);
        }
    }

    /// <summary>The games held: what is promised to a client about each, sorted.</summary>
    public string Games => _engine.Evaluate("""
        [...games.values()].map(({ game_id, status, scores }) =>
          [game_id, status, scores.score_home, scores.score_away, scores.period, scores.clock].join(' ')).sort().join('\n')
        """).AsString();

    /// <summary>The prices held, sorted.</summary>
    public string Prices => _engine.Evaluate("""
        [...prices].filter(([, held]) => held.price !== null).map(([outcome, held]) => outcome + ' ' + held.price).sort().join('\n')
        """).AsString();

    public bool IsStale => _engine.Evaluate("isStale()").AsBoolean();

    public void Take(string text)
    {
        _engine.Invoke("apply", text);
        _engine.Invoke("applyPrices", text);
    }
}
