namespace LiveDash.Core.Accounts;

/// <summary>
/// A passkey (W3C Web Authentication, level 3) of an account as it is kept: the public half of a key pair whose other half never leaves the person's device. Nothing in it opens
/// anything by itself, so it is not encrypted. Immutable.
/// </summary>
public sealed record AccountPasskey
{
    /// <summary>SHA-256 of the credential's id, in hexadecimal: the id itself may be as long as its device likes.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required string UserId { get; init; }

    /// <summary>What the person calls it, at most <see cref="PasskeyBook.MaxName"/> characters.</summary>
    public string Name { get; init; } = "";

    /// <summary>The host name that it was made for: the browser offers it there and nowhere else.</summary>
    public string Host { get; init; } = "";

    /// <summary>The credential's id, at most 1,023 bytes.</summary>
    public required byte[] CredentialId { get; init; }

    /// <summary>The public key as a COSE_Key (RFC 9052).</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>How often the device has signed with it, where it counts; 0 where it does not.</summary>
    public uint SignCount { get; init; }

    /// <summary>How the device is reached, such as <c>internal</c> or <c>usb</c>; a hint for the browser.</summary>
    public IReadOnlyList<string> Transports { get; init; } = [];

    /// <summary>True where it may be copied to other devices of the person.</summary>
    public bool IsBackupEligible { get; init; }

    /// <summary>True where it was.</summary>
    public bool IsBackedUp { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>When it signed somebody in last.</summary>
    public DateTimeOffset? UsedAt { get; init; }
}
