namespace LiveDash.Tests.Shared;

/// <summary>As <see cref="BrowserFactAttribute"/>, for a test with several inputs. Typing at a person's speed takes its time.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    /// <summary>Decides at discovery whether to skip.</summary>
    public BrowserTheoryAttribute()
    {
        Timeout = 300_000;
        if (Browser.ExecutablePath is null && !Browser.IsRequired) Skip = Browser.MissingMessage;
    }
}
