using Microsoft.Playwright;

namespace LiveDash.Tests.Shared;

/// <summary>
/// A headless Chromium, started with the first page and closed with the fixture. It is looked for in the environment variable
/// <c>LIVEDASH_CHROMIUM</c>, then where distributions put it.
/// </summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>What a run without a browser says.</summary>
    public const string MissingMessage =
        "No Chromium found: install it (apt-get install chromium) or name it in LIVEDASH_CHROMIUM.";

    private static readonly string[] s_usualPlaces = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] s_flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where the browser is, or null.</summary>
    public static string? ExecutablePath { get; } =
        new[] { Environment.GetEnvironmentVariable("LIVEDASH_CHROMIUM") }.Concat(s_usualPlaces).FirstOrDefault(File.Exists);

    /// <summary>True where a missing browser is a failure.</summary>
    public static bool IsRequired { get; } =
        !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"))
        || !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("LIVEDASH_REQUIRE_BROWSER"));

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (ExecutablePath is null) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = ExecutablePath, Args = s_flags });
    }

    /// <summary>Opens a page in a context of its own (its own cookies and storage) and waits until its circuit has rendered.</summary>
    /// <param name="app">The app to look at.</param>
    /// <param name="path">The page, such as <c>/settings</c>.</param>
    /// <param name="options">Viewport, colour scheme and such, or null.</param>
    /// <param name="listen">Called with the page before it loads anything, or null.</param>
    public async Task<BrowserPage> OpenAsync(LiveApp app, string path = "/", BrowserNewContextOptions? options = null, Action<IPage>? listen = null)
    {
        Assert.True(_browser is not null, MissingMessage);
        options ??= new();
        options.BaseURL = app.Address.ToString();
        var context = await _browser.NewContextAsync(options);
        var page = new BrowserPage(context, await context.NewPageAsync());
        listen?.Invoke(page.Page);
        await page.Page.GotoAsync(path);
        await page.CircuitRendered.WaitAsync(TimeSpan.FromSeconds(30));
        // The first rendering may be the title's alone: a page that is not taken over yet loses what is typed.
        await page.Page.Locator("html[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached, Timeout = 30_000 });
        return page;
    }

    /// <summary>An empty page in a context of its own, for what has no circuit at first: the sign-in, one-time addresses.</summary>
    public async Task<BrowserPage> NewPageAsync(LiveApp app)
    {
        Assert.True(_browser is not null, MissingMessage);
        var context = await _browser.NewContextAsync(new() { BaseURL = app.Address.ToString() });
        return new BrowserPage(context, await context.NewPageAsync());
    }

    /// <summary>A context for a page that has no circuit to wait for.</summary>
    public async Task<IBrowserContext> NewContextAsync()
    {
        Assert.True(_browser is not null, MissingMessage);
        return await _browser.NewContextAsync();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.CloseAsync();
        _playwright?.Dispose();
    }
}
