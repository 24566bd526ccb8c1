using System.Security.Cryptography;
using System.Text;

namespace LiveDash.Core.Accounts.Audit;

/// <summary>Who did what when from where, as it is kept. Immutable.</summary>
public sealed record AuditEntry
{
    /// <summary>Which one: 1 and up over the whole audit. A number that is missing was taken off the old end of its share.</summary>
    public required long Number { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who, by name.</summary>
    public required string Who { get; init; }

    /// <summary><c>person</c>, <c>key</c>, <c>link</c>, <c>stranger</c> or <c>server</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>From which address; empty where it is not known.</summary>
    public required string Address { get; init; }

    /// <summary>What was done, such as <c>dashboard.change</c> or <c>sign-in.failed</c>.</summary>
    public required string Action { get; init; }

    /// <summary>On what: an id or a name.</summary>
    public required string On { get; init; }

    /// <summary>What it was before, with secrets masked; null where it was not there, or is not told.</summary>
    public string? Before { get; init; }

    /// <summary>What it is after, with secrets masked; null where it is gone, or is not told.</summary>
    public string? After { get; init; }

    /// <summary>The hash of the entry before in its share of the audit, in hexadecimal; zeros for the first.</summary>
    public required string Previous { get; init; }

    /// <summary>SHA-256 over the entry and the hash before it, in hexadecimal: to change or take out one changes all that follow.</summary>
    public string Hash { get; init; } = "";

    /// <summary>The hash that the entry must have. Each field is written with its length, so that none can run into the next.</summary>
    public string ComputeHash()
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[sizeof(long)];
        BitConverter.TryWriteBytes(number, Number);
        sha.AppendData(number);
        BitConverter.TryWriteBytes(number, At.UtcTicks);
        sha.AppendData(number);
        foreach (var field in new[] { Who, Kind, Address, Action, On, Before, After, Previous })
        {
            var bytes = field is null ? [] : Encoding.UTF8.GetBytes(field);
            BitConverter.TryWriteBytes(number, field is null ? -1L : bytes.Length);
            sha.AppendData(number);
            sha.AppendData(bytes);
        }

        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }
}
