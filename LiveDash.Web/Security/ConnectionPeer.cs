using System.Net;

namespace LiveDash.Web.Security;

/// <summary>The other end of a request's connection, before a proxy's headers took its place.</summary>
/// <param name="Address">Its address.</param>
internal sealed record ConnectionPeer(IPAddress? Address);
