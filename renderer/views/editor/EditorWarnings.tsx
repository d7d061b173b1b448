import { Banner } from '../../components/Banner.tsx';
import { Button } from '../../components/Button.tsx';

/** What the warnings take. */
export interface EditorWarningsProps {
  readonly isGone: boolean;
  readonly isOvertaken: boolean;
  readonly problem: string | null;
  readonly onAdopt: (keepChanges: boolean) => void;
}

/** What the person must know before saving, across the top of the form. */
export function EditorWarnings({ isGone, isOvertaken, problem, onAdopt }: EditorWarningsProps) {
  return (
    <>
      {problem !== null && <Banner tone="failure">{problem}</Banner>}
      {isGone && (
        <Banner tone="person">
          This schedule was deleted elsewhere. Saving makes it anew, without its history.
        </Banner>
      )}
      {isOvertaken && (
        <Banner
          tone="person"
          actions={
            <>
              <Button size="s" onPress={() => onAdopt(false)}>
                Take the other version
              </Button>
              <Button size="s" onPress={() => onAdopt(true)}>
                Keep mine
              </Button>
            </>
          }
        >
          This schedule was changed elsewhere while you were editing it. Saving keeps your version.
        </Banner>
      )}
    </>
  );
}
