namespace LiveDash.Core.Configuration.Dashboards;

/// <summary>One thing that is wrong with a dashboard's JSON.</summary>
/// <param name="Field">Where, such as <c>panels[2].w</c>; empty for the whole text.</param>
/// <param name="Message">What, and what would be right.</param>
public sealed record DashboardError(string Field, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Field.Length == 0 ? Message : $"{Field}: {Message}";
}
