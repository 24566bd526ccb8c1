namespace LiveDash.Core.Jobs.Remote;

/// <summary>A job that the server has handed on and not yet seen the end of. Touched by the server's loop alone.</summary>
internal sealed class HeldJob(Job job, PlotPlan plan, CancellationToken cancelled)
{
    /// <summary>The job as the book has it.</summary>
    internal Job Job { get; set; } = job;

    /// <summary>What its worker is to draw.</summary>
    internal PlotPlan Plan { get; } = plan;

    /// <summary>Cancelled with the job.</summary>
    internal CancellationToken Cancelled { get; } = cancelled;

    /// <summary>How often it was offered by this process.</summary>
    internal int Sent { get; set; }

    /// <summary>How often it was drawn and its image was gone before this process had it; bounded by <see cref="JobOptions.MaxAttempts"/>.</summary>
    internal int Vanished { get; set; }
}
