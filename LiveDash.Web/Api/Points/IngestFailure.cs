namespace LiveDash.Web.Api.Points;

/// <summary>What ended a body before its end: the HTTP status, a stable code, words for people, and when to try again in seconds.</summary>
internal sealed record IngestFailure(int Status, string Code, string Detail, int? RetryAfter = null);
