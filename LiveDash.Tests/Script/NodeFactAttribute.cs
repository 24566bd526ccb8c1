namespace LiveDash.Tests.Script;

/// <summary>A test that needs Node.js; skipped with the reason where there is none.</summary>
public sealed class NodeFactAttribute : FactAttribute
{
    /// <summary>Skips the test where Node.js is missing.</summary>
    public NodeFactAttribute()
    {
        if (NodeScripts.Path is null) Skip = "No Node.js found on the path: what runs in the browser is not tested.";
    }
}
