namespace Clickpath;

/// <summary>One run: its stages in order, then <see cref="Publish"/>. Disposed without publishing, it leaves nothing behind.</summary>
/// <param name="options">What to do.</param>
public sealed class Pipeline(PipelineOptions options) : IDisposable
{
    /// <summary>0 all good, 2 critical data quality, 3 monitoring critical; errors are exceptions.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Loads the events and runs the checks. Throws <see cref="ClickpathException"/> on an error, and on a
    /// critical finding too, with <see cref="ExitCode"/> 2.</summary>
    public void DataQuality() => throw new ClickpathException("not there yet " + options.Events);

    /// <summary>Builds the models, and fails where totals do not reconcile.</summary>
    public void Transform() => throw new ClickpathException("not there yet");

    /// <summary>Writes the reports.</summary>
    public void Analyze() => throw new ClickpathException("not there yet");

    /// <summary>Runs the alarms; sets <see cref="ExitCode"/> to 3 where one is critical.</summary>
    public void Monitor() => throw new ClickpathException("not there yet");

    /// <summary>Publishes whatever stages ran, by rename, also after a critical data-quality finding; does nothing where none ran.</summary>
    public void Publish()
    {
        ExitCode = 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
