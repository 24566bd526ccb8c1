namespace LiveDash.Core.Windows.Aggregates;

/// <summary>
/// A <see cref="HoltWinters"/> model fed point by point. It starts with the window's oldest point and then goes on: what left the window has
/// faded from it, as the weights fall by 0.7 a point, rather than being taken out.
/// </summary>
internal sealed class ForecastTracker(int season) : PointTracker
{
    private HoltWinters _model = new(season);

    public override bool NeedsOrder => true;

    /// <summary>The model as it stands.</summary>
    public ref readonly HoltWinters Model => ref _model;

    public override void Add(double value) => _model.Push(value);

    public override void Remove(double value)
    {
        // Forgotten by fading.
    }

    public override void Reset() => _model.Reset();
}
