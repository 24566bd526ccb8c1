namespace LiveDash.Core.Accounts;

/// <summary>One grant on a folder of dashboards. Immutable.</summary>
/// <param name="IsGroup">True for a group, false for a person.</param>
/// <param name="Who">The group's name, compared in any case of letters, or the account's id; <c>proxy:NAME</c> for whom a proxy signs in.</param>
/// <param name="Level">What it lets them do.</param>
public sealed record FolderGrant(bool IsGroup, string Who, GrantLevel Level);
