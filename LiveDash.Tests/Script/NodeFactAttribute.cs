namespace LiveDash.Tests.Script;

/// <summary>A test that needs Node.js; skipped with the reason where there is none, except where a missing browser would be a failure too: there it runs and fails.</summary>
public sealed class NodeFactAttribute : FactAttribute
{
    /// <summary>Skips the test where Node.js is missing.</summary>
    public NodeFactAttribute()
    {
        if (NodeScripts.Path is null && !Shared.Browser.IsRequired) Skip = NodeScripts.MissingMessage;
    }
}
