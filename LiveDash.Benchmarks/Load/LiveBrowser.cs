using Microsoft.Playwright;

namespace LiveDash.Benchmarks.Load;

/// <summary>The headless Chromium that benchmarks drive.</summary>
internal sealed class LiveBrowser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private LiveBrowser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Starts it; null, and a line that says so, where there is none.</summary>
    public static async Task<LiveBrowser?> StartAsync()
    {
        var path = new[] { Environment.GetEnvironmentVariable("LIVEDASH_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);
        if (path is null)
        {
            Console.WriteLine("skipped: no Chromium found; name it in LIVEDASH_CHROMIUM");
            return null;
        }

        var playwright = await Playwright.CreateAsync();
        return new(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = ["--no-sandbox", "--disable-gpu"] }));
    }

    /// <summary>Opens an empty page.</summary>
    public Task<IPage> NewPageAsync(int height) => _browser.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = height } });

    /// <summary>Opens the dashboard so tall that all of it is in sight, waits for its charts, and runs a script that watches it.</summary>
    /// <param name="server">Whose dashboard.</param>
    /// <param name="charts">How many charts it has.</param>
    /// <param name="watch">The script.</param>
    /// <param name="patience">In ms; null for Playwright's own.</param>
    public async Task<IPage> OpenDashboardAsync(ServerUnderLoad server, int charts, string watch, float? patience = null)
    {
        var page = await NewPageAsync(2400);
        await page.GotoAsync(server.Client.BaseAddress!.ToString(), new() { Timeout = patience });
        await page.Locator("canvas").Nth(charts - 1).WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = patience });
        await page.EvaluateAsync(watch);
        return page;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
