using LiveDash.Core.Storage;

namespace LiveDash.Web.Api.Reading;

/// <summary>Writes stored points, row by row or in blocks, into the caller's buffer; nothing is allocated for a row. Not thread-safe.</summary>
internal abstract class PointWriter
{
    /// <summary>A buffer of so many bytes always takes a row: the longest series name with all its tags, escaped, and the rest.</summary>
    public const int MaxRow = 64 * 1024;

    /// <summary>What <c>Content-Type</c> says.</summary>
    public abstract string ContentType { get; }

    /// <summary>Writes what stands before the first row and returns its length.</summary>
    public virtual int WriteHead(Span<byte> destination) => 0;

    /// <summary>Writes the rows of a block from <paramref name="row"/> on while they fit.</summary>
    /// <param name="block">The points.</param>
    /// <param name="row">The first row to write; the first row not written after the call.</param>
    /// <param name="last">The row to stop before.</param>
    /// <param name="destination">At least <see cref="MaxRow"/> bytes for progress to be certain.</param>
    /// <returns>How many bytes were written.</returns>
    public abstract int Write(in PointBlock block, ref int row, int last, Span<byte> destination);

    /// <summary>Writes what stands after the last row and returns its length.</summary>
    public virtual int WriteTail(Span<byte> destination) => 0;
}
