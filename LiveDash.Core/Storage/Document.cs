namespace LiveDash.Core.Storage;

/// <summary>A kept document.</summary>
/// <param name="Kind">What it is, such as <c>dashboard</c>.</param>
/// <param name="Id">Which one; unique within its kind.</param>
/// <param name="Body">Its bytes: JSON in UTF-8, or an image.</param>
public sealed record Document(string Kind, string Id, byte[] Body);
