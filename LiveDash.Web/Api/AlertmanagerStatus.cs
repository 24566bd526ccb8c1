namespace LiveDash.Web.Api;

/// <summary>The status object of Alertmanager's API v2.</summary>
internal sealed record AlertmanagerStatus(IReadOnlyList<string> InhibitedBy, IReadOnlyList<string> SilencedBy, IReadOnlyList<string> MutedBy, string State);
