namespace LiveDash.Core.Alerts.Books;

/// <summary>Settings of the section <c>LiveDash:Rules</c>.</summary>
public sealed class RuleFolderOptions
{
    /// <summary>A folder of rule files (<c>*.yaml</c>, <c>*.yml</c>, <c>*.json</c>) that is loaded at start and watched; none by default.</summary>
    public string? Folder { get; set; }
}
