namespace LiveDash.Core.Storage.Blocks;

/// <summary>A change was committed but could not be carried out to its end: that is done once the database can be reached.</summary>
internal sealed class UnfinishedChangeException(string message, Exception inner) : IOException(message, inner);
