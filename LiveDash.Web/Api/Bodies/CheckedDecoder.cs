using LiveDash.Core.Model;
using ZstdSharp;

namespace LiveDash.Web.Api.Bodies;

/// <summary>
/// Undoes an encoding and sees what the framework's streams pass over: a body that ends early, and what follows the encoded data. The bounds of
/// <see cref="Limits"/> hold while it is read. For reading by one reader.
/// <para>How the end of gzip is seen: <see cref="System.IO.Compression.GZipStream"/> goes on to a further member where one follows, so behind the last byte of
/// the body comes a member of our own. Only where the body ended exactly with a member does its text come out; nothing that came after the last byte is
/// handed on.</para>
/// </summary>
internal sealed class CheckedDecoder : ReadOnlyStream
{
    // Below this a ratio says nothing: a few repeated lines compress far better than 100:1.
    private const long RatioFreeBytes = 1024 * 1024;
    private static readonly byte[] s_sign = "LiveDash-end-of-body"u8.ToArray();
    private static readonly byte[] s_signMember = Pack(s_sign);
    private readonly string _encoding;
    private readonly Limits _limits;
    private readonly TailStream _tail;
    private readonly Stream _plain;
    private byte[]? _afterEnd;
    private int _afterEndLength;
    private bool _done;

    /// <summary>Begins.</summary>
    /// <param name="encoding">As <see cref="BodyEncoding.TryRead"/> gives it.</param>
    /// <param name="source">The encoded bytes; not disposed with this.</param>
    /// <param name="isRaw">For deflate: without the header of zlib.</param>
    /// <param name="limits">The bounds.</param>
    public CheckedDecoder(string encoding, Stream source, bool isRaw, Limits limits)
    {
        _encoding = encoding;
        _limits = limits;
        _tail = new TailStream(source, encoding == "gzip" ? s_signMember : default(ReadOnlyMemory<byte>));
        _plain = BodyEncoding.Open(encoding, _tail, isRaw);
    }

    /// <summary>How many bytes came out so far.</summary>
    public long Total { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_done || buffer.IsEmpty) return 0;
        int read;
        try
        {
            read = _tail.AskedForMore ? 0 : await _plain.ReadAsync(buffer, cancellationToken);
            if (_tail.AskedForMore && _encoding == "gzip")
            {
                await ReadSignAsync(buffer[..read], cancellationToken);
                read = 0;
            }
        }
        catch (EndOfStreamException)
        {
            throw BodyRefusedException.Truncated(_encoding);
        }
        // BrotliStream says InvalidOperationException of damaged data.
        catch (Exception exception) when (exception is InvalidDataException or ZstdException or InvalidOperationException)
        {
            throw _tail.AskedForMore ? BodyRefusedException.Truncated(_encoding) : BodyRefusedException.Bad(_encoding, "its data or its checksum is wrong.");
        }

        if (read == 0)
        {
            CheckEnd();
            _done = true;
            return 0;
        }

        Total += read;
        if (Breach() is { } breach) throw new BodyTooLargeException(breach);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _plain.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask ReadSignAsync(ReadOnlyMemory<byte> begun, CancellationToken cancellationToken)
    {
        // What bytes behind the end can become is bounded by deflate's own ratio.
        _afterEnd = new byte[(s_signMember.Length * 1032) + begun.Length];
        begun.CopyTo(_afterEnd);
        _afterEndLength = begun.Length;
        int read;
        while ((read = await _plain.ReadAsync(_afterEnd.AsMemory(_afterEndLength), cancellationToken)) > 0) _afterEndLength += read;
    }

    private void CheckEnd()
    {
        if (!_tail.LastGiven) throw BodyRefusedException.Bad(_encoding, "something follows the encoded data.");
        if (_encoding == "gzip")
        {
            if (_tail.Given == 0 || _afterEnd.AsSpan(0, _afterEndLength).SequenceEqual(s_sign)) return;
            throw _tail.AskedForMore ? BodyRefusedException.Truncated(_encoding) : BodyRefusedException.Bad(_encoding, "something follows the encoded data.");
        }

        if (_tail.AskedForMore && _encoding != "zstd") throw BodyRefusedException.Truncated(_encoding);
    }

    private string? Breach()
    {
        if (Total > _limits.MaxDecompressedBytes)
        {
            return $"The decompressed body is longer than {_limits.MaxDecompressedBytes} bytes (LiveDash:Limits:MaxDecompressedBytes).";
        }

        return Total > RatioFreeBytes && Total > _tail.Given * _limits.MaxCompressionRatio
            ? $"The body decompresses more than {_limits.MaxCompressionRatio}:1 (LiveDash:Limits:MaxCompressionRatio)."
            : null;
    }

    private static byte[] Pack(byte[] text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.NoCompression)) gzip.Write(text);
        return packed.ToArray();
    }
}
