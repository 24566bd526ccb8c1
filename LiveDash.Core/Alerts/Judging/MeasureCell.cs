using LiveDash.Core.Rules;

namespace LiveDash.Core.Alerts.Judging;

/// <summary>
/// What one shard found of a series for a rule that lives on another. The owner of the series writes it, anybody reads it.
/// </summary>
internal sealed class MeasureCell(int series, SeriesCondition condition, bool allowPartial)
{
    private int _input = (int)AlertInput.Missing;
    private double _value = double.NaN;
    private Exception? _failure;
    private int _users;

    public int Series => series;

    /// <summary>The part of a condition it answers.</summary>
    public SeriesCondition Condition => condition;

    /// <summary>True to judge a window before it is full.</summary>
    public bool AllowPartial => allowPartial;

    /// <summary>The owner's own binding of the condition; used by the owner alone.</summary>
    public BoundCondition? Bound { get; set; }

    public bool IsUsed => Volatile.Read(ref _users) > 0;

    // Value and input may be of two steps that follow each other: the next step mends it.
    private Judgement Newest
    {
        get => new((AlertInput)Volatile.Read(ref _input), Volatile.Read(ref _value));
        set
        {
            Volatile.Write(ref _value, value.Value);
            Volatile.Write(ref _input, (int)value.Input);
        }
    }

    /// <summary>Judges anew; for the owner alone. A failure is told to whoever reads, and harms no other rule of the owner.</summary>
    public void Refresh(long now)
    {
        try
        {
            Newest = Bound!.Evaluate(now);
            Volatile.Write(ref _failure, null);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            Volatile.Write(ref _failure, e);
        }
    }

    /// <summary>What was found last.</summary>
    /// <exception cref="InvalidOperationException">Judging it fails.</exception>
    public Judgement Read() =>
        Volatile.Read(ref _failure) is { } failure ? throw new InvalidOperationException("A condition on another series could not be judged.", failure) : Newest;

    public void Use() => Interlocked.Increment(ref _users);

    public void GiveBack() => Interlocked.Decrement(ref _users);
}
