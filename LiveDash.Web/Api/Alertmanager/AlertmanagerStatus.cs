namespace LiveDash.Web.Api.Alertmanager;

/// <summary>The status object of Alertmanager's API v2.</summary>
internal sealed record AlertmanagerStatus(IReadOnlyList<string> InhibitedBy, IReadOnlyList<string> SilencedBy, IReadOnlyList<string> MutedBy, string State);
