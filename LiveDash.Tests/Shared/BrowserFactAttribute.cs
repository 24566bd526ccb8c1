namespace LiveDash.Tests.Shared;

/// <summary>
/// A test that needs a browser. Without one it is reported as skipped with the reason; where the environment says <c>CI</c> or
/// <c>LIVEDASH_REQUIRE_BROWSER</c> it runs all the same, and fails.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public class BrowserFactAttribute : FactAttribute
{
    /// <summary>Decides at discovery whether to skip.</summary>
    public BrowserFactAttribute()
    {
        Timeout = 120_000;
        if (Browser.ExecutablePath is null && !Browser.IsRequired) Skip = Browser.MissingMessage;
    }
}
