namespace LiveDash.Core.Storage.Blocks;

/// <summary>A change of documents was committed but could not be carried out to its end, or may be: that is done once the database can be reached.</summary>
/// <param name="why">What is in the way.</param>
/// <param name="inner">What was thrown.</param>
internal sealed class UnfinishedChangeException(string why, Exception inner) : IOException($"The change of documents was begun and is finished once the database can be reached ({why}).", inner);
