namespace LiveDash.Core.Ingestion.Sources.Proc;

/// <summary>A mounted file system: its device as <c>major:minor</c>, and where it stands. Immutable.</summary>
internal sealed record Mount(string Device, string Point);
