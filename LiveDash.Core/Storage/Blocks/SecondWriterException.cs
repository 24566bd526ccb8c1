namespace LiveDash.Core.Storage.Blocks;

/// <summary>Another process writes into the database, too.</summary>
internal sealed class SecondWriterException(string message) : IOException(message);
