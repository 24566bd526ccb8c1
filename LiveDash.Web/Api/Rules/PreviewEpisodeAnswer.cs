namespace LiveDash.Web.Api.Rules;

/// <summary>An episode that a rule would have opened; <c>to</c> is the end of the history where it is not resolved.</summary>
internal sealed record PreviewEpisodeAnswer(string Series, string? From, string? To, double? Peak, string Severity, bool Resolved, string? Why);
