using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace PushNet.Tests.Scoreboard;

/// <summary>The page in a tab, by what a person finds on it.</summary>
internal sealed class ScoreboardPage : IAsyncDisposable
{
    private readonly List<string> _faults = [];

    private ScoreboardPage(IPage tab)
    {
        Tab = tab;
        tab.PageError += (_, error) => _faults.Add(error);
        tab.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.Ordinal))
            {
                _faults.Add(message.Text);
            }
        };
    }

    public IPage Tab { get; }

    public ILocator Connection => Tab.Locator("#connection");

    public ILocator Notice => Tab.GetByRole(AriaRole.Status);

    public ILocator Games => Tab.Locator("li[data-game]");

    public static async Task<ScoreboardPage> OpenAsync(IPage tab, Uri url)
    {
        var page = new ScoreboardPage(tab);
        await tab.GotoAsync(url.ToString());
        return page;
    }

    public ILocator Game(string id) => Tab.Locator($"li[data-game='{id}']");

    public ILocator Price(string market, string outcome, string book) =>
        Tab.Locator($"[data-market='{market}'] tr[data-outcome='{outcome}'] td[data-book='{book}']");

    public Task UntilConnectedAsync() => Expect(Connection).ToHaveTextAsync("connected");

    /// <summary>Closes the tab; fails when the page's scripts failed, or wanted something from elsewhere.</summary>
    public async ValueTask DisposeAsync()
    {
        await Tab.Context.CloseAsync();
        Assert.Empty(_faults);
    }
}
