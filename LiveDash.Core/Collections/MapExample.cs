namespace LiveDash.Core.Collections;

/// <summary>A document, and its points.</summary>
/// <param name="Document">As extended JSON, cut to 2,000 characters.</param>
/// <param name="Points">Each as text, such as <c>room.temp{house=a} 21.5 at 2026-11-29T10:00:00Z, place 13.4 52.5</c>.</param>
/// <param name="Refused">Why there are none, or not all; null where there are.</param>
public sealed record MapExample(string Document, IReadOnlyList<string> Points, string? Refused);
