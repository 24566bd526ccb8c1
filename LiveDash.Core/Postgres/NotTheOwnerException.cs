namespace LiveDash.Core.Postgres;

/// <summary>Another session holds the database's lock: another LiveDash, or one of our own that the server has not ended yet.</summary>
internal sealed class NotTheOwnerException(string message) : IOException(message);
