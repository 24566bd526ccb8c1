namespace LiveDash.Core.Storage.Sqlite;

/// <summary>The database cannot be mended while it runs.</summary>
internal sealed class StoreBrokenException(string message) : IOException(message);
