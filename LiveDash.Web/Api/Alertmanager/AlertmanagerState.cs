namespace LiveDash.Web.Api.Alertmanager;

/// <summary>The server's status in the form of Alertmanager's API v2 (its OpenAPI's <c>alertmanagerStatus</c>).</summary>
internal sealed record AlertmanagerState(
    AlertmanagerState.ClusterState Cluster, AlertmanagerState.ConfigState Config, string Uptime, AlertmanagerState.VersionState VersionInfo)
{
    /// <summary>The cluster: there is none.</summary>
    internal sealed record ClusterState(string Status, string Name, IReadOnlyList<string> Peers);

    /// <summary>The configuration as text.</summary>
    internal sealed record ConfigState(string Original);

    /// <summary>What this is.</summary>
    internal sealed record VersionState(string Branch, string BuildDate, string BuildUser, string GoVersion, string Revision, string Version);
}
