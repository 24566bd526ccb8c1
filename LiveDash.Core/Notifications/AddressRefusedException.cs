namespace LiveDash.Core.Notifications;

/// <summary>A notice was to go to an address that is neither public nor listed.</summary>
public sealed class AddressRefusedException(string message) : IOException(message);
