namespace LiveDash.Core.Storage.Mongo;

/// <summary>The server's disk is about to be full: a server that runs out of it stops, so it is not brought there.</summary>
internal sealed class NoRoomException(string message) : IOException(message);
