namespace LiveDash.Web.Api.Bodies;

/// <summary>On a route that undoes the encoding of its body itself, such as one whose protocol names an encoding of its own.</summary>
internal sealed class OwnBodyEncoding;
