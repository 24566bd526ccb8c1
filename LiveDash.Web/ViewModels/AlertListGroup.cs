namespace LiveDash.Web.ViewModels;

/// <summary>Lines under one heading. Immutable.</summary>
/// <param name="Title">The heading; empty where there is no grouping.</param>
/// <param name="Items">The lines.</param>
public sealed record AlertListGroup(string Title, IReadOnlyList<AlertListItem> Items);
