using LiveDash.Core.Ingestion.Listeners;

namespace LiveDash.Web.Api.Sources;

/// <summary>One listener, as <c>GET /api/listeners</c> tells it.</summary>
/// <param name="Name">As in the settings.</param>
/// <param name="Takes">What it takes, for people.</param>
/// <param name="Transport">TCP, UDP, both, or a path of the main port.</param>
/// <param name="Endpoint">What the settings ask for; empty for off.</param>
/// <param name="Listening">Where it listens, or null.</param>
/// <param name="Error">Why it does not though it should, or null.</param>
/// <param name="Connections">Open now.</param>
/// <param name="Accepted">Connections since the start.</param>
/// <param name="Closed">Connections that were refused or closed, by reason.</param>
public sealed record ListenerAnswer(
    string Name, string Takes, string Transport, string Endpoint, string? Listening, string? Error, int Connections, long Accepted, IReadOnlyDictionary<string, long> Closed)
{
    internal static ListenerAnswer From(ListenerSnapshot one) => new(
        one.Spec.Name, one.Spec.Title, one.Spec.Path is null ? one.Spec.Transport : $"{one.Spec.Transport} {one.Spec.Path}",
        one.Configured, one.Bound, one.Error, one.Open, one.Accepted, one.Closed);
}
