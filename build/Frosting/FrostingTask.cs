using Cake.Core;

namespace Cake.Frosting;

/// <summary>A task as the host sees it.</summary>
public interface IFrostingTask
{
    /// <summary>Does the work.</summary>
    Task RunAsync(ICakeContext context);

    /// <summary>Whether to run at all.</summary>
    bool ShouldRun(ICakeContext context);

    /// <summary>Why it was skipped, for the log.</summary>
    string SkippedMessage => string.Empty;

    /// <summary>Called with what the task threw; the error then counts as dealt with.</summary>
    void OnError(Exception exception, ICakeContext context);

    /// <summary>Called last, whether or not the task threw.</summary>
    void Finally(ICakeContext context);
}

/// <summary>A task without a context of its own.</summary>
public abstract class FrostingTask : FrostingTask<ICakeContext>;

/// <summary>A task over the build's context.</summary>
public abstract class FrostingTask<T> : IFrostingTask
    where T : ICakeContext
{
    /// <summary>Does the work.</summary>
    public virtual void Run(T context)
    {
    }

    /// <summary>Whether to run at all. It is an error to skip the target itself.</summary>
    public virtual bool ShouldRun(T context) => true;

    /// <summary>Overridden, deals with what the task threw.</summary>
    public virtual void OnError(Exception exception, T context)
    {
    }

    /// <summary>Overridden, is called last, whether or not the task threw.</summary>
    public virtual void Finally(T context)
    {
    }

    Task IFrostingTask.RunAsync(ICakeContext context)
    {
        Run((T)context);
        return Task.CompletedTask;
    }

    bool IFrostingTask.ShouldRun(ICakeContext context) => ShouldRun((T)context);

    void IFrostingTask.OnError(Exception exception, ICakeContext context) => OnError(exception, (T)context);

    void IFrostingTask.Finally(ICakeContext context) => Finally((T)context);
}

/// <summary>A task that waits, without a context of its own.</summary>
public abstract class AsyncFrostingTask : AsyncFrostingTask<ICakeContext>;

/// <summary>A task that waits, over the build's context.</summary>
public abstract class AsyncFrostingTask<T> : IFrostingTask
    where T : ICakeContext
{
    /// <summary>Does the work.</summary>
    public virtual Task RunAsync(T context) => Task.CompletedTask;

    /// <summary>Whether to run at all. It is an error to skip the target itself.</summary>
    public virtual bool ShouldRun(T context) => true;

    /// <summary>Overridden, deals with what the task threw.</summary>
    public virtual void OnError(Exception exception, T context)
    {
    }

    /// <summary>Overridden, is called last, whether or not the task threw.</summary>
    public virtual void Finally(T context)
    {
    }

    Task IFrostingTask.RunAsync(ICakeContext context) => RunAsync((T)context);

    bool IFrostingTask.ShouldRun(ICakeContext context) => ShouldRun((T)context);

    void IFrostingTask.OnError(Exception exception, ICakeContext context) => OnError(exception, (T)context);

    void IFrostingTask.Finally(ICakeContext context) => Finally((T)context);
}
