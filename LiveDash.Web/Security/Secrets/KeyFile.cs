using System.Security.Cryptography;
using System.Text;
using LiveDash.Core.Configuration;

namespace LiveDash.Web.Security.Secrets;

/// <summary>
/// The 256-bit key that protects the key ring in the store: a file of one line of Base64, which stands beside the database or where
/// <c>LiveDash:Security:KeyFile</c> says. Whoever has the database without this file reads no secret in it. Made at the first start, for its owner alone. Thread-safe.
/// </summary>
internal sealed class KeyFile
{
    /// <summary>The setting's name.</summary>
    public const string Setting = SecurityOptions.Section + ":KeyFile";

    private const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly Lazy<byte[]> _key;

    /// <summary>Finds out where it is; read when it is first needed.</summary>
    public KeyFile(IConfiguration configuration, DataDirectory data)
    {
        // Called as the store's own files, so that opening it sees to this one's mode too.
        Path = configuration[Setting] is { Length: > 0 } asked ? System.IO.Path.GetFullPath(asked.Trim()) : data.File("livedash.key");
        _key = new Lazy<byte[]>(Read);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Reads it, or makes it where it is not there.</summary>
    /// <exception cref="SettingsException">It can neither be read nor made, or holds something else.</exception>
    public void Load() => _ = _key.Value;

    /// <summary>Encrypts by AES-256-GCM: nonce, tag, text.</summary>
    public byte[] Encrypt(ReadOnlySpan<byte> plain)
    {
        var sealedBytes = new byte[NonceBytes + TagBytes + plain.Length];
        var nonce = sealedBytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key.Value, TagBytes);
        aes.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceBytes + TagBytes), sealedBytes.AsSpan(NonceBytes, TagBytes));
        return sealedBytes;
    }

    /// <summary>Decrypts what <see cref="Encrypt"/> made.</summary>
    /// <exception cref="CryptographicException">It was made with another key, or is damaged.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> sealedBytes)
    {
        if (sealedBytes.Length < NonceBytes + TagBytes) throw new CryptographicException("What is encrypted is cut off.");
        var plain = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(_key.Value, TagBytes);
        aes.Decrypt(sealedBytes[..NonceBytes], sealedBytes[(NonceBytes + TagBytes)..], sealedBytes.Slice(NonceBytes, TagBytes), plain);
        return plain;
    }

    private byte[] Read()
    {
        try
        {
            if (!File.Exists(Path)) Make();
            var key = new byte[KeyBytes];
            var text = File.ReadAllText(Path).Trim();
            return Convert.TryFromBase64String(text, key, out var length) && length == KeyBytes
                ? key : throw new SettingsException([$"{Setting}: '{Path}' does not hold a key: one line of Base64 of 32 bytes, as by 'openssl rand -base64 32'."]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException([$"{Setting}: '{Path}' can neither be read nor made: {exception.Message}"]);
        }
    }

    private void Make()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(Path, options);
        file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)) + "\n"));
        // On disk before anything is encrypted with it.
        file.Flush(flushToDisk: true);
    }
}
