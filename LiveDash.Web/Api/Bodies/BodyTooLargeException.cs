namespace LiveDash.Web.Api.Bodies;

/// <summary>A body that grew past a limit while it was read; HTTP answers 413.</summary>
internal sealed class BodyTooLargeException(string message) : IOException(message);
