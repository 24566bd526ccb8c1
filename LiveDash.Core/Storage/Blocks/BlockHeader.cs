using LiveDash.Core.Model;

namespace LiveDash.Core.Storage.Blocks;

/// <summary>What is known of one sealed block without reading it. Immutable.</summary>
/// <param name="Id">The row of its body; later blocks have greater ones.</param>
/// <param name="Points">How many points it holds; at least 1.</param>
/// <param name="Bytes">The length of its body.</param>
/// <param name="MinTime">The first event time.</param>
/// <param name="MaxTime">The last event time.</param>
/// <param name="MaxId">The greatest point id in it.</param>
/// <param name="HasSenders">True when a point in it has a sender's id.</param>
/// <param name="Box">Encloses every location in it; null when none has one.</param>
/// <param name="Step">Of what length in ticks its rows are summaries, whole milliseconds; 0 for points as they came.</param>
internal sealed record BlockHeader(
    long Id, int Points, int Bytes, long MinTime, long MaxTime, long MaxId, bool HasSenders, BoundingBox? Box, long Step = 0)
{
    /// <summary>Senders' ids and step as one number: 0 or 1 for points as they came.</summary>
    public long Marks => (Step / TimeSpan.TicksPerMillisecond << 1) | (HasSenders ? 1L : 0);

    /// <summary>What <see cref="Marks"/> says.</summary>
    public static (bool HasSenders, long Step) OfMarks(long marks) => ((marks & 1) != 0, (marks >>> 1) * TimeSpan.TicksPerMillisecond);
}
