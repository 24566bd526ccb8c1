namespace LiveDash.Core.Storage;

/// <summary>One change: the document's new bytes, or null to delete it.</summary>
public sealed record DocumentChange(string Kind, string Id, byte[]? Body);
