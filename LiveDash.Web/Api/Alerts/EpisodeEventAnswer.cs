namespace LiveDash.Web.Api.Alerts;

/// <summary>One line of an episode's history.</summary>
internal sealed record EpisodeEventAnswer(string? At, string Kind, double? Value, string? Detail);
