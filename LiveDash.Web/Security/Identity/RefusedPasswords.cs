using System.Security.Cryptography;
using System.Text;
using LiveDash.Core.Configuration;

namespace LiveDash.Web.Security.Identity;

/// <summary>
/// Passwords that nobody may take: the most common ones that are long enough (the list of a million that Mozilla keeps for its accounts, beside the program), and those of a file of the settings,
/// such as of breaches. Nothing is kept in memory: a list is read when somebody sets a password, a sorted one by halving. Nobody on the internet is asked. Immutable, so safe on any thread.
/// </summary>
internal sealed class RefusedPasswords
{
    /// <summary>The setting with a file of one's own.</summary>
    public const string Setting = "LiveDash:Security:RefusedPasswords";

    /// <summary>The largest file of passwords as they are; a larger one is to be sorted hashes.</summary>
    public const long MaxPlainBytes = 64 << 20;

    private const int HashLength = 40;
    private const int MaxLine = 128;
    private static readonly string s_common = Path.Combine(AppContext.BaseDirectory, "passwords", "common.txt");
    private readonly string _commonFile;
    private readonly string? _file;
    private readonly bool _isHashed;

    /// <summary>Looks at the list beside the program and at the file of the settings.</summary>
    /// <param name="file">Its path: a password a line, or SHA-1 hashes in hexadecimal, each with whatever behind a colon, in their order; null for none.</param>
    /// <param name="common">The path of the common ones; null for those beside the program.</param>
    /// <exception cref="SettingsException">One of them cannot be read, or is too large for what it holds.</exception>
    public RefusedPasswords(string? file, string? common = null)
    {
        _commonFile = common ?? s_common;
        try
        {
            using var handle = File.OpenHandle(_commonFile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"The common passwords '{_commonFile}', which belong to the program, cannot be read: {exception.Message} Install it anew."]);
        }

        if (string.IsNullOrWhiteSpace(file)) return;
        _file = file;
        try
        {
            using var handle = File.OpenHandle(file);
            var first = ReadLine(handle, 0);
            _isHashed = IsHash(first);
            if (!_isHashed && RandomAccess.GetLength(handle) > MaxPlainBytes) throw new SettingsException([$"{Setting}: '{file}' holds more than {MaxPlainBytes >> 20} MiB of passwords. Give it as SHA-1 hashes, a line each, in their order."]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"{Setting}: '{file}' cannot be read: {exception.Message}"]);
        }
    }

    /// <summary>Whether a password is among them, in whatever case its letters are written.</summary>
    /// <exception cref="IOException">A list can be read no more.</exception>
    /// <exception cref="UnauthorizedAccessException">A list may be read no more.</exception>
    public bool Holds(string password) => IsIn(_commonFile, password) || (_file is not null && (_isHashed ? IsHashed(_file, password) : IsIn(_file, password)));

    private static bool IsIn(string file, string password) => File.ReadLines(file).Any(line => line.Length == password.Length && line.Equals(password, StringComparison.OrdinalIgnoreCase));

    // As breaches are published: by SHA-1, which is a name here and guards nothing.
    private static bool IsHashed(string file, string password)
    {
        using var handle = File.OpenHandle(file);
        return new[] { password, password.ToLowerInvariant() }.Distinct().Any(one => Find(handle, Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(one)))));
    }

    // The line, if it is there, begins within [low, high), and low is the beginning of a line.
    private static bool Find(Microsoft.Win32.SafeHandles.SafeFileHandle file, string hash)
    {
        var (low, high) = (0L, RandomAccess.GetLength(file));
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var start = middle == low ? low : middle - 1 + ReadLine(file, middle - 1).Length + 1;
            if (start >= high)
            {
                high = middle;
                continue;
            }

            var line = ReadLine(file, start);
            var order = string.Compare(hash, 0, line, 0, HashLength, StringComparison.OrdinalIgnoreCase);
            if (order == 0 && IsHash(line)) return true;
            if (order < 0) high = middle;
            else low = start + line.Length + 1;
        }

        return false;
    }

    // What stands from a place on up to the end of its line, without the line end itself; a line is short, or it is none that is looked for.
    private static string ReadLine(Microsoft.Win32.SafeHandles.SafeFileHandle file, long at)
    {
        Span<byte> bytes = stackalloc byte[MaxLine];
        var read = bytes[..RandomAccess.Read(file, bytes, at)];
        var end = read.IndexOf((byte)'\n');
        return Encoding.Latin1.GetString(end < 0 ? read : read[..end]);
    }

    private static bool IsHash(string line) => line.Length >= HashLength && line.AsSpan(0, HashLength).IndexOfAnyExcept("0123456789ABCDEFabcdef") < 0 && (line.Length == HashLength || line[HashLength] is ':' or '\r');
}
