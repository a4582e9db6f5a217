using Microsoft.Playwright;

namespace PushNet.Tests.Scoreboard;

/// <summary>
/// The one browser of all tests of the page, started by the first that needs it. Tests that state times have their own browser, and are
/// <see cref="EndToEnd.Alone"/>.
/// </summary>
[CollectionDefinition(Name)]
public sealed class Chromium : ICollectionFixture<Chromium>, IAsyncLifetime
{
    public const string Name = "chromium";
    public const string File = "/usr/bin/chromium-headless-shell";

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>Opens the page as a separate person would.</summary>
    /// <param name="url">The address of the server.</param>
    /// <param name="key">A key that the person has given before; null for none.</param>
    /// <param name="path">The view.</param>
    /// <param name="before">What to do with the tab first.</param>
    internal async Task<ScoreboardPage> OpenAsync(Uri url, string? key, string path = "", Func<IPage, Task>? before = null)
    {
        var context = await NewContextAsync();
        if (key is not null)
        {
            await context.AddInitScriptAsync($"sessionStorage.setItem('pushnet.key', '{key}')");
        }

        var tab = await context.NewPageAsync();
        await (before?.Invoke(tab) ?? Task.CompletedTask);
        return await ScoreboardPage.OpenAsync(tab, new Uri(url, path));
    }

    /// <summary>A browser context of its own, without a history.</summary>
    internal async Task<IBrowserContext> NewContextAsync()
    {
        if (_browser is null)
        {
            Assertions.SetDefaultExpectTimeout((float)EndToEnd.PushServer.Patience.TotalMilliseconds);
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new()
            {
                ExecutablePath = File,
                Args = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                    "--disable-sync"],
            });
        }

        return await _browser.NewContextAsync();
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
