using LiveDash.Core.Model;

namespace LiveDash.Core.Alerts;

/// <summary>
/// The figures of an alert that follow each point. Written by the shard that judges it, read by anybody: each member is read and written whole.
/// </summary>
public sealed class LiveFigures
{
    private double _value = double.NaN;
    private double _peak = double.NaN;
    private int _health;
    private int _cause;
    private string? _why;

    /// <summary>The figure judged last; NaN before the first.</summary>
    public double Value
    {
        get => Volatile.Read(ref _value);
        internal set => Volatile.Write(ref _value, value);
    }

    /// <summary>The worst figure of the open episode; NaN where none is open.</summary>
    public double Peak
    {
        get => Volatile.Read(ref _peak);
        internal set => Volatile.Write(ref _peak, value);
    }

    /// <summary>The words of its figures where they are states; else null.</summary>
    public StateWords? Words { get; internal set; }

    /// <summary>The state a figure stands for; null where it is a number.</summary>
    public string? TextOf(double figure) => Words?.TextOf(figure);

    /// <summary>Why it fires, or last did.</summary>
    public AlertCause Cause
    {
        get => (AlertCause)Volatile.Read(ref _cause);
        internal set => Volatile.Write(ref _cause, (int)value);
    }

    /// <summary>What was strange at the worst of the open episode, in words; null where figures say enough.</summary>
    public string? Why
    {
        get => Volatile.Read(ref _why);
        internal set => Volatile.Write(ref _why, value);
    }

    /// <summary>Whether it can be judged.</summary>
    public AlertHealth Health
    {
        get => (AlertHealth)Volatile.Read(ref _health);
        internal set => Volatile.Write(ref _health, (int)value);
    }
}
