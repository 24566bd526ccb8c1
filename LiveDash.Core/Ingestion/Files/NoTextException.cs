namespace LiveDash.Core.Ingestion.Files;

/// <summary>A file that holds no text, such as an archive: nothing of it is taken; HTTP answers 400.</summary>
public sealed class NoTextException(string message) : Exception(message);
