namespace LiveDash.Core.Storage;

/// <summary>The store does not take anything now; HTTP answers 503.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : IOException(message, inner);
