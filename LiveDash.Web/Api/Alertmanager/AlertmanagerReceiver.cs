namespace LiveDash.Web.Api.Alertmanager;

/// <summary>A channel in the form of Alertmanager's API v2.</summary>
internal sealed record AlertmanagerReceiver(string Name);
