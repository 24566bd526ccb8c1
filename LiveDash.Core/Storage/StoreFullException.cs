namespace LiveDash.Core.Storage;

/// <summary>The disk has no space for what was to be kept; HTTP answers 507.</summary>
public sealed class StoreFullException(string message, Exception? inner = null) : IOException(message, inner);
