namespace LiveDash.Web.Api;

/// <summary>The name of the key that a request came with.</summary>
/// <param name="Name">As people call it.</param>
internal sealed record KeyName(string Name);
